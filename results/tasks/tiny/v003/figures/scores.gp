# In this folder, `gnuplot scores.gp` draws scores.svg from scores.csv.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 640,458 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'scores.svg'
set yrange [6.5:-0.5]
set ytics scale 0 ("storyworld-acceptability\naccuracy" 0, "storyworld-sentiment\naccuracy" 1, "storyworld-entailment\naccuracy" 2, "storyworld-similarity\naccuracy" 3, "storyworld-relatedness\nPearson correlation" 4, "storyworld-ending\naccuracy" 5, "all tasks\nmean" 6)
set xlabel 'test score × 100' offset 0,0.3
unset grid
set grid xtics lc rgb '#dddddd' lt 1 lw 0.5
set xrange [*:*] noextend
set offsets graph 0.03,graph 0.03,0,0
set arrow from graph 0, first 0.5 to graph 1, first 0.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 1.5 to graph 1, first 1.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 2.5 to graph 1, first 2.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 3.5 to graph 1, first 3.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 4.5 to graph 1, first 4.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 5.5 to graph 1, first 5.5 nohead lc rgb '#dddddd' lw 0.5
set bars small
set multiplot
unset key
set tmargin at screen 0.9236
plot 'scores.csv' every ::1 using 5:($1 == 0 ? $2 : NaN):6:7 with xerrorbars ls 1 dt 1, \
     'scores.csv' every ::1 using 5:($1 == 1 ? $2 : NaN):6:7 with xerrorbars ls 2 dt 1, \
     'scores.csv' every ::1 using 5:($1 == -1 ? $2 : NaN):(0):(0.8) with vectors nohead lc rgb '#555555' lw 1.2 dt 3
unset arrow
set offsets
set label '' at screen 0.0906,0.9683 point ls 1
set label "pre-trained" at screen 0.1313,0.9683 left noenhanced
set label '' at screen 0.3937,0.9683 point ls 2
set label "from scratch" at screen 0.4344,0.9683 left noenhanced
set label "commonest answer" at screen 0.7375,0.9683 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.0625:0.1187] 0.9683 with lines ls 1 dt 1, \
    [0.3656:0.4219] 0.9683 with lines ls 2 dt 1, \
    [0.6687:0.7250] 0.9683 with lines lc rgb '#555555' lw 1.2 dt 3, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
